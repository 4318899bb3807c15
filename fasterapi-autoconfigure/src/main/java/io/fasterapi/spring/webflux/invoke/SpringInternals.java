package io.fasterapi.spring.webflux.invoke;

import java.util.Set;
import org.springframework.core.codec.Decoder;
import org.springframework.core.codec.Encoder;
import org.springframework.http.codec.DecoderHttpMessageReader;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerSentEventHttpMessageWriter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.i18n.LocaleContextResolver;

/**
 * All that the direct lane assumes of classes of Spring's beyond their interfaces. Whatever is of
 * another class, also one of a newer version, is left to the filtered lane, where Spring calls it.
 *
 * <ul>
 *   <li>The codecs named here work without an exchange and at once: their hints depend on the
 *       method alone, not on the request, and they read nothing from a Reactor context.
 *   <li>A {@link EncoderHttpMessageWriter} or {@link DecoderHttpMessageReader} of just that class
 *       adds nothing but the codec's hints. With a Flux that writer passes on what the encoder
 *       makes of it, unless the media type may be one of the encoder's streaming ones: then it is
 *       called itself, as is a {@link ServerSentEventHttpMessageWriter} of just that class.
 *   <li>Spring's own {@link LocaleContextResolver}s look at the header Accept-Language alone.
 *   <li>A handler method that {@code RequestMappingHandlerAdapter} is given may be a subclass whose
 *       invocation fails ({@link FailedMethod}): its exception handlers are those of the bean type
 *       that it names.
 *   <li>The handler of a result that this adapter returns is the {@code InvocableHandlerMethod}
 *       that has made it ({@link MethodPlan}); if it is not, every request goes to the adapter.
 *   <li>The actuator's handler mappings have all their mappings when the server starts, and know no
 *       handler for a path that none of their patterns matches ({@link EndpointMapping}).
 *   <li>A response gives up a body of one buffer when it is subscribed to, and has the buffer ready
 *       by then ({@code WholeBody}); if it has not, the request fails with a sentence that says so.
 * </ul>
 */
public final class SpringInternals {

    private static final Set<String> CODECS =
            Set.of(
                    "org.springframework.http.codec.json.JacksonJsonEncoder",
                    "org.springframework.http.codec.json.JacksonJsonDecoder",
                    "org.springframework.core.codec.CharSequenceEncoder",
                    "org.springframework.core.codec.StringDecoder",
                    "org.springframework.core.codec.ByteArrayEncoder",
                    "org.springframework.core.codec.ByteArrayDecoder");

    private static final Set<String> ENDPOINTS =
            Set.of(
                    "WebFluxEndpointHandlerMapping",
                    "AdditionalHealthEndpointPathsWebFluxHandlerMapping");

    private static final String LOCALES = "org.springframework.web.server.i18n.";

    private SpringInternals() {}

    /** Tells whether a writer does nothing but call an encoder that is known. */
    public static boolean isKnown(HttpMessageWriter<?> writer) {
        return writer.getClass() == EncoderHttpMessageWriter.class
                && isKnown(((EncoderHttpMessageWriter<?>) writer).getEncoder());
    }

    /** Tells whether a writer of many values does nothing but call an encoder that is known. */
    public static boolean isKnownForStreams(HttpMessageWriter<?> writer) {
        if (writer.getClass() != ServerSentEventHttpMessageWriter.class) {
            return isKnown(writer);
        }
        Encoder<?> encoder = ((ServerSentEventHttpMessageWriter) writer).getEncoder();
        return encoder == null || isKnown(encoder);
    }

    /** Tells whether a reader does nothing but call a decoder that is known. */
    public static boolean isKnown(HttpMessageReader<?> reader) {
        return reader.getClass() == DecoderHttpMessageReader.class
                && isKnown(((DecoderHttpMessageReader<?>) reader).getDecoder());
    }

    private static boolean isKnown(Encoder<?> encoder) {
        return CODECS.contains(encoder.getClass().getName());
    }

    private static boolean isKnown(Decoder<?> decoder) {
        return CODECS.contains(decoder.getClass().getName());
    }

    /** Tells whether a resolver looks at one header alone. */
    public static boolean isKnown(LocaleContextResolver resolver) {
        return resolver.getClass().getName().startsWith(LOCALES);
    }

    /** Tells whether a mapping is one of the actuator's, for its endpoints. */
    static boolean isOfEndpoints(HandlerMapping mapping) {
        String name = mapping.getClass().getName();
        return name.startsWith("org.springframework.boot.")
                && ENDPOINTS.contains(mapping.getClass().getSimpleName());
    }
}
