/** The equality suite behind Spring Security. */
package io.fasterapi.samples.secured;
