package io.fasterapi.core;

/**
 * Keeps the fields of a subclass off the cache lines of what lies before the object: 128 bytes,
 * since CPUs fetch two lines of 64 bytes at a time.
 */
abstract class Padding {

    /** The JVM would put a field of the subclass into the gap behind the header. */
    int pad0;

    long pad1;
    long pad2;
    long pad3;
    long pad4;
    long pad5;
    long pad6;
    long pad7;
    long pad8;
    long pad9;
    long pad10;
    long pad11;
    long pad12;
    long pad13;
    long pad14;
    long pad15;
    long pad16;
}
