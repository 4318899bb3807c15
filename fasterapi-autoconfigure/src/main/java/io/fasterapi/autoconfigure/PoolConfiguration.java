package io.fasterapi.autoconfigure;

import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.ObjectPools;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says which configured pools there are not. */
@Configuration(proxyBeanMethods = false)
class PoolConfiguration {

    /** A name that no pool has is a slip of the pen. */
    @Bean
    SmartInitializingSingleton fasterApiPoolNames(
            ObjectPools pools, FasterApiProperties properties) {
        return () -> {
            Set<String> unknown = new TreeSet<>(properties.pools().keySet());
            List<String> created = pools.pools().stream().map(ObjectPool::name).toList();
            created.forEach(unknown::remove);
            for (String name : unknown) {
                LogFactory.getLog(PoolConfiguration.class)
                        .warn(
                                "FasterAPI: fasterapi.pools."
                                        + name
                                        + " has no effect: no pool of that name was created"
                                        + " during start-up (there are: "
                                        + created
                                        + ")");
            }
        };
    }
}
