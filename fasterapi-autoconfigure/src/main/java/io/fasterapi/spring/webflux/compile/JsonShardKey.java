package io.fasterapi.spring.webflux.compile;

import io.fasterapi.http.FastRequest;
import io.fasterapi.route.ShardKey;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A shard key that is a value of the JSON body. All event loops share it; each parses the whole
 * body for it. A body that is not JSON has no key, and its handler decides how to answer.
 */
final class JsonShardKey implements ShardKey {

    private final JsonMapper mapper;
    private final JsonPointer pointer;

    private JsonShardKey(JsonMapper mapper, JsonPointer pointer) {
        this.mapper = mapper;
        this.pointer = pointer;
    }

    /**
     * Creates the key. Returns null if the application has no JsonMapper, or several and no primary
     * one.
     *
     * @throws IllegalArgumentException if the pointer is invalid
     */
    static @Nullable JsonShardKey of(BeanFactory beans, String pointer) {
        JsonPointer compiled = JsonPointer.compile(pointer);
        JsonMapper mapper = beans.getBeanProvider(JsonMapper.class).getIfUnique();
        return mapper == null ? null : new JsonShardKey(mapper, compiled);
    }

    @Override
    public @Nullable Object keyOf(FastRequest request) {
        byte[] body = request.body();
        if (body.length == 0) {
            return null;
        }
        JsonNode found;
        try {
            found = mapper.readTree(body).at(pointer);
        } catch (JacksonException ex) {
            return null;
        }
        if (found.isMissingNode() || found.isNull()) {
            return null;
        }
        return found.isValueNode() ? found.asString() : found;
    }
}
