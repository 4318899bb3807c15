package io.fasterapi.bench.startup;

import io.fasterapi.spring.server.ServerParts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.metrics.buffering.StartupTimeline.TimelineEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.metrics.StartupStep;

/**
 * What the start of an application was spent on: Spring's steps, each without those within it, and
 * what is counted once the application is ready. Used by the main thread alone.
 */
final class StartUpParts {

    private static final int MOST_STEPS = 100_000;
    private static final String OURS = "io.fasterapi.";
    private static final String BENCH = "io.fasterapi.bench.";
    private static final String BEAN = "spring.beans.instantiate";

    private final BufferingApplicationStartup steps = new BufferingApplicationStartup(MOST_STEPS);
    private final Map<String, Double> found = new TreeMap<>();

    BufferingApplicationStartup steps() {
        return steps;
    }

    /** Returns numbers by name; to be asked as soon as the application is ready. */
    Map<String, Double> of(ConfigurableApplicationContext context) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double mainNanos = threads.getCurrentThreadCpuTime();
        long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
        long processNanos =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
        found.put("main thread, CPU ms", mainNanos / 1e6);
        found.put("whole process, CPU ms", processNanos / 1e6);
        found.put("classes loaded", (double) classes);
        long begin = System.nanoTime();
        threads(threads, context);
        if (found.containsKey("thread fasterapi-compiler, CPU ms")) {
            found.put("mappings compiled after ready, ms", (System.nanoTime() - begin) / 1e6);
        }
        beans(context.getBeanFactory());
        return found;
    }

    /** Looks at the threads of ours until the mappings are compiled: their time ends with them. */
    private void threads(ThreadMXBean threads, ConfigurableApplicationContext context) {
        Thread waiting =
                new Thread(
                        () ->
                                context.getBeanProvider(ServerParts.class)
                                        .ifAvailable(parts -> parts.controllers().awaitCompiled()));
        waiting.start();
        do {
            for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (info != null && info.getThreadName().startsWith("fasterapi-")) {
                    long nanos = threads.getThreadCpuTime(info.getThreadId());
                    String name = info.getThreadName().replaceAll("-\\d+$", "");
                    found.merge("thread " + name + ", CPU ms", nanos / 1e6, Math::max);
                }
            }
        } while (waiting.isAlive());
    }

    private void beans(ConfigurableListableBeanFactory factory) {
        long ours =
                Stream.of(factory.getBeanDefinitionNames())
                        .filter(name -> isOurs(factory, name))
                        .count();
        found.put("bean definitions", (double) factory.getBeanDefinitionCount());
        found.put("bean definitions of ours", (double) ours);
        Map<Long, Double> within = new HashMap<>();
        for (TimelineEvent event : steps.getBufferedTimeline().getEvents()) {
            Long parent = event.getStartupStep().getParentId();
            if (parent != null) {
                within.merge(parent, millis(event), Double::sum);
            }
        }
        for (TimelineEvent event : steps.getBufferedTimeline().getEvents()) {
            StartupStep step = event.getStartupStep();
            double alone = millis(event) - within.getOrDefault(step.getId(), 0.0);
            String name = "step " + step.getName();
            if (step.getName().equals(BEAN)) {
                String bean = tag(step, "beanName");
                boolean own = isOurs(factory, bean);
                name += own ? " of ours" : " of others";
                if (own) {
                    String simple = bean.substring(bean.lastIndexOf('.') + 1);
                    found.merge("step's bean " + simple + ", ms", alone, Double::sum);
                }
            }
            found.merge(name + ", ms", alone, Double::sum);
        }
    }

    private static double millis(TimelineEvent event) {
        return event.getDuration().toNanos() / 1e6;
    }

    private static String tag(StartupStep step, String key) {
        for (StartupStep.Tag tag : step.getTags()) {
            if (tag.getKey().equals(key)) {
                return tag.getValue();
            }
        }
        return "";
    }

    /** Whether a bean is defined by the starter: by its class, or that of its factory. */
    private static boolean isOurs(ConfigurableListableBeanFactory factory, String name) {
        if (!factory.containsBeanDefinition(name)) {
            return false;
        }
        BeanDefinition definition = factory.getMergedBeanDefinition(name);
        return isOurs(definition.getBeanClassName()) || isOurs(definition.getFactoryBeanName());
    }

    private static boolean isOurs(@Nullable String name) {
        return name != null && name.startsWith(OURS) && !name.startsWith(BENCH);
    }
}
