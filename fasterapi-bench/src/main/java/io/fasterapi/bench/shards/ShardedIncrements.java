package io.fasterapi.bench.shards;

import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.ShardBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts requests by key in plain maps, one per core, and checks that every total is exact. Server
 * and clients are in this one process, so the rate is that of both together.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class ShardedIncrements {

    private final CoreLocal<Map<String, Integer>> totals;

    public ShardedIncrements(HandlerCores cores) {
        totals = new CoreLocal<>(cores, HashMap::new);
    }

    @ShardBy(path = "key")
    @PostMapping("/totals/{key}")
    public String add(@PathVariable("key") String key) {
        totals.get().merge(key, 1, Integer::sum);
        return "added";
    }

    /**
     * Runs once.
     *
     * @param arguments requests, keys, connections, and how many requests a connection pipelines;
     *     what follows is for Spring
     */
    public static void main(String[] arguments) throws Exception {
        int requests = Integer.parseInt(arguments[0]);
        int keys = Integer.parseInt(arguments[1]);
        int connections = Integer.parseInt(arguments[2]);
        int depth = Integer.parseInt(arguments[3]);
        List<String> properties = new ArrayList<>(List.of("--server.port=0"));
        properties.addAll(List.of(arguments).subList(4, arguments.length));
        try (ConfigurableApplicationContext context =
                SpringApplication.run(ShardedIncrements.class, properties.toArray(String[]::new))) {
            int port =
                    context.getEnvironment()
                            .getRequiredProperty("local.server.port", Integer.class);
            long begin = System.nanoTime();
            int answered = load(port, requests, keys, connections, depth);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%,d requests on %,d connections, %d pipelined: %.1f s, %,.0f requests/s, %,d"
                            + " not answered with 200%n",
                    requests, connections, depth, seconds, requests / seconds, requests - answered);
            if (!isExact(context, requests, keys) || answered != requests) {
                System.exit(1);
            }
        }
    }

    private static int load(int port, int requests, int keys, int connections, int depth)
            throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try {
            List<Future<Integer>> ends = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = (int) ((long) requests * i / connections);
                int end = (int) ((long) requests * (i + 1) / connections);
                ends.add(clients.submit(new IncrementClient(port, keys, depth, first, end)));
            }
            int answered = 0;
            for (Future<Integer> end : ends) {
                answered += end.get();
            }
            return answered;
        } finally {
            clients.shutdown();
        }
    }

    /** Gathers the cores' maps and compares each total with the number of requests for its key. */
    private static boolean isExact(ConfigurableApplicationContext context, int requests, int keys) {
        CoreLocal<Map<String, Integer>> totals = context.getBean(ShardedIncrements.class).totals;
        List<Map<String, Integer>> perCore =
                context.getBean(HandlerCores.class).gather(() -> Map.copyOf(totals.get())).join();
        Map<String, Integer> all = new TreeMap<>();
        int wrong = 0;
        int shared = 0;
        long sum = 0;
        for (int core = 0; core < perCore.size(); core++) {
            Map<String, Integer> part = perCore.get(core);
            long ofCore = part.values().stream().mapToLong(total -> total).sum();
            System.out.printf("core %d: %,d keys, %,d increments%n", core, part.size(), ofCore);
            for (Map.Entry<String, Integer> each : part.entrySet()) {
                shared += all.put(each.getKey(), each.getValue()) == null ? 0 : 1;
            }
            sum += ofCore;
        }
        for (int key = 0; key < keys; key++) {
            int expected = requests / keys + (key < requests % keys ? 1 : 0);
            wrong += all.getOrDefault("key" + key, 0) == expected ? 0 : 1;
        }
        System.out.printf(
                "%,d keys, %,d increments, %,d keys on more than one core, %,d totals wrong: %s%n",
                all.size(),
                sum,
                shared,
                wrong,
                wrong + shared == 0 && sum == requests ? "exact" : "NOT EXACT");
        return wrong + shared == 0 && sum == requests;
    }
}
