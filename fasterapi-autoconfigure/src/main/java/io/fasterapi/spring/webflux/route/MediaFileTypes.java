package io.fasterapi.spring.webflux.route;

import io.fasterapi.write.FileTypes;
import java.nio.file.Path;
import org.springframework.http.MediaTypeFactory;

/** Content types by extension, the same that Spring gives to static resources. */
public final class MediaFileTypes implements FileTypes {

    @Override
    public CharSequence contentType(Path file) {
        Path name = file.getFileName();
        return name == null
                ? UNKNOWN
                : MediaTypeFactory.getMediaType(name.toString())
                        .<CharSequence>map(Object::toString)
                        .orElse(UNKNOWN);
    }
}
