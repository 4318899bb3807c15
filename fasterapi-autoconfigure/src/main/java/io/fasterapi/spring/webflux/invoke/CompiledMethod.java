package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.admission.Refusals;
import io.fasterapi.route.ShardKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * A controller method that the direct lane calls without an exchange. Immutable except for what it
 * has learnt.
 *
 * @param method the method as mapped
 * @param arguments the readers of its arguments in their order
 * @param bodies which bodies its requests may have
 * @param invocation calls it
 * @param result what it returns
 * @param status the status of its annotation, or null
 * @param formats how WebFlux has answered its requests
 * @param refusals if it stands for a batch handler, the answers of refused requests; else null
 * @param shardKey the shard key of its requests, or null
 */
public record CompiledMethod(
        HandlerMethod method,
        List<ArgumentReader> arguments,
        BodyCondition bodies,
        MethodInvocation invocation,
        ResultPlan result,
        @Nullable Integer status,
        LearnedFormats formats,
        @Nullable Refusals refusals,
        @Nullable ShardKey shardKey) {}
