package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Payloads.Alarm;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Device;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Product;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Rule;
import java.util.List;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Four kinds of things with the same mappings each. */
final class CrudEndpoints {

    /** Where they are. */
    static final List<String> PATHS = List.of("/devices", "/products", "/alarms", "/rules");

    private CrudEndpoints() {}

    @RestController
    @RequestMapping("/devices")
    static class Devices implements CrudApi<Device> {

        @Override
        public Device of(String id) {
            return new Device(id, null);
        }
    }

    @RestController
    @RequestMapping("/products")
    static class Products implements CrudApi<Product> {

        @Override
        public Product of(String id) {
            return new Product(id, id.length());
        }
    }

    @RestController
    @RequestMapping("/alarms")
    static class Alarms implements CrudApi<Alarm> {

        @Override
        public Alarm of(String id) {
            return new Alarm(id, 3, List.of(id, "all"));
        }
    }

    @RestController
    @RequestMapping("/rules")
    static class Rules implements CrudApi<Rule> {

        @Override
        public Rule of(String id) {
            return new Rule(id, true);
        }
    }
}
