package io.fasterapi.autoconfigure;

import io.fasterapi.http.JsonCodec;
import io.fasterapi.spring.webflux.route.MediaFileTypes;
import io.fasterapi.write.BodyWriter;
import io.fasterapi.write.BodyWriters;
import io.fasterapi.write.BytesBodyWriter;
import io.fasterapi.write.FileTypes;
import io.fasterapi.write.JsonBodyWriter;
import io.fasterapi.write.TextBodyWriter;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How bodies become bytes: the application's own writers first, in their order, then ours. */
@Configuration(proxyBeanMethods = false)
class WriterConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TextBodyWriter fasterApiTextWriter() {
        return new TextBodyWriter();
    }

    @Bean
    @ConditionalOnMissingBean
    BytesBodyWriter fasterApiBytesWriter() {
        return new BytesBodyWriter();
    }

    @Bean
    @ConditionalOnMissingBean
    JsonBodyWriter fasterApiJsonWriter(JsonCodec codec) {
        return new JsonBodyWriter(codec);
    }

    @Bean
    @ConditionalOnMissingBean
    FileTypes fasterApiFileTypes() {
        return new MediaFileTypes();
    }

    @Bean
    @ConditionalOnMissingBean
    BodyWriters fasterApiBodyWriters(
            ObjectProvider<BodyWriter<?>> all,
            TextBodyWriter text,
            BytesBodyWriter bytes,
            JsonBodyWriter json,
            FileTypes files) {
        List<BodyWriter<?>> ours = List.of(text, bytes, json);
        Stream<BodyWriter<?>> users = all.orderedStream().filter(one -> !ours.contains(one));
        return new BodyWriters(Stream.concat(users, ours.stream()).toList(), json, files);
    }
}
