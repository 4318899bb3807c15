package io.fasterapi.autoconfigure;

import io.fasterapi.http.JsonCodec;
import io.fasterapi.spring.webflux.route.JacksonJsonCodec;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** JSON of direct routes by the application's own mapper. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
class JsonConfiguration {

    @Bean
    @ConditionalOnBean(JsonMapper.class)
    @ConditionalOnMissingBean(JsonCodec.class)
    JacksonJsonCodec fasterApiJson(JsonMapper mapper) {
        return new JacksonJsonCodec(mapper);
    }
}
