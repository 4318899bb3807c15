package io.fasterapi.write;

import io.netty.util.AsciiString;
import java.nio.file.Path;

/** Names the content type of a file, as a rule by its extension. Shared by all threads. */
@FunctionalInterface
public interface FileTypes {

    /** The type of files of which nothing is known. */
    AsciiString UNKNOWN = AsciiString.cached("application/octet-stream");

    /** Returns the content type of a file, which need not exist. Must not block. */
    CharSequence contentType(Path file);

    /** Returns {@link #UNKNOWN} for every file. */
    static FileTypes unknown() {
        return file -> UNKNOWN;
    }
}
