/** Tests of the controller methods that the direct lane calls. */
@NullMarked
package io.fasterapi.spring.controller;

import org.jspecify.annotations.NullMarked;
