/**
 * Test support for every module: the leak detector that fails the build, and the list of the public
 * API. Depends on nothing but Netty and the JUnit platform.
 */
package io.fasterapi.test;
