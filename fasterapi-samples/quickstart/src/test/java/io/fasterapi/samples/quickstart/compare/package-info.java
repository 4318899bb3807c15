/** Tests of the comparison, without a browser. */
package io.fasterapi.samples.quickstart.compare;
