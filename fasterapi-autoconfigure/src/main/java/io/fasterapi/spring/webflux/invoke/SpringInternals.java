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
 * Everything that the direct lane assumes about Spring's classes beyond their interfaces.
 * Stateless. Any other class, also one of a newer version, is left to the filtered lane, where
 * Spring calls it.
 *
 * <ul>
 *   <li>The codecs named here need no exchange and do not wait. Their hints depend on the method
 *       only, not on the request, and they read nothing from a Reactor context.
 *   <li>A {@link EncoderHttpMessageWriter} or {@link DecoderHttpMessageReader} of exactly that
 *       class adds only the codec's hints. For a Flux that writer passes on what the encoder makes,
 *       unless the media type may be one of the encoder's streaming types. Then the writer itself
 *       is called, as is a {@link ServerSentEventHttpMessageWriter} of exactly that class.
 *   <li>Spring's own {@link LocaleContextResolver}s look only at the header Accept-Language.
 *   <li>A handler method given to {@code RequestMappingHandlerAdapter} may be a subclass whose
 *       invocation fails ({@link FailedMethod}). Its exception handlers are those of the bean type
 *       that it names.
 *   <li>The handler of a result of this adapter is the {@code InvocableHandlerMethod} that has made
 *       it ({@link MethodPlan}). If it is not, every request goes to the adapter.
 *   <li>The actuator's handler mappings have all their mappings when the server starts. They have
 *       no handler for a path that none of their patterns matches ({@link EndpointMapping}).
 *   <li>A response gives up a body of one buffer when it is subscribed to, and has the buffer by
 *       then ({@code WholeBody}). If not, the request fails with a sentence that says so.
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

    /** Returns whether a writer only calls a known encoder. */
    public static boolean isKnown(HttpMessageWriter<?> writer) {
        return writer.getClass() == EncoderHttpMessageWriter.class
                && isKnown(((EncoderHttpMessageWriter<?>) writer).getEncoder());
    }

    /** Returns whether a writer of many values only calls a known encoder. */
    public static boolean isKnownForStreams(HttpMessageWriter<?> writer) {
        if (writer.getClass() != ServerSentEventHttpMessageWriter.class) {
            return isKnown(writer);
        }
        Encoder<?> encoder = ((ServerSentEventHttpMessageWriter) writer).getEncoder();
        return encoder == null || isKnown(encoder);
    }

    /** Returns whether a reader only calls a known decoder. */
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

    /** Returns whether a resolver looks at one header only. */
    public static boolean isKnown(LocaleContextResolver resolver) {
        return resolver.getClass().getName().startsWith(LOCALES);
    }

    /** Returns whether a mapping is the actuator's mapping of its endpoints. */
    static boolean isOfEndpoints(HandlerMapping mapping) {
        String name = mapping.getClass().getName();
        return name.startsWith("org.springframework.boot.")
                && ENDPOINTS.contains(mapping.getClass().getSimpleName());
    }
}
