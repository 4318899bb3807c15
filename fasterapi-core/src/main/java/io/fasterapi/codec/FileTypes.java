package io.fasterapi.codec;

import io.netty.util.AsciiString;
import java.nio.file.Path;

/** Finds the content type of a file, usually by its extension. All threads share it. */
@FunctionalInterface
public interface FileTypes {

    /** The content type of a file about which nothing is known. */
    AsciiString UNKNOWN = AsciiString.cached("application/octet-stream");

    /** Returns the content type of a file. The file need not exist. Must not block. */
    CharSequence contentType(Path file);

    /** Returns {@link #UNKNOWN} for every file. */
    static FileTypes unknown() {
        return file -> UNKNOWN;
    }
}
