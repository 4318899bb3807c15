package io.fasterapi.spring.webflux.compile.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.RouteReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Behind Spring Security, on the cores, with the arguments that it adds. */
class SecuredSignatureTableEqualityTest extends SignatureComparison {

    private static final String ANN = "Authorization: Basic YW5uOnNlY3JldA==";

    @Override
    List<Class<?>> sources() {
        return List.of(SignatureApplication.class, Security.class, Secured.class);
    }

    @Override
    List<String> properties() {
        return List.of("fasterapi.placement.default=core");
    }

    @Override
    List<Row> rows() {
        Rows rows = new Rows();
        rows.get("/secured/user", "/secured/user", ANN);
        rows.get("/secured/user-later", "/secured/user-later", ANN);
        rows.get("/secured/name", "/secured/name", ANN);
        rows.get("/secured/context", "/secured/context", ANN);
        rows.get("/secured/user");
        List<Row> all = new ArrayList<>(SignatureTableEqualityTest.table());
        all.addAll(rows.list());
        return all;
    }

    @Test
    void everythingIsFiltered() {
        Map<String, RouteReport> left = report();
        leftToWebFlux().keySet().forEach(left::remove);
        assertThat(left.values()).allMatch(route -> route.lane().equals("filtered"));
    }

    /** Everybody may ask for everything. */
    @Configuration(proxyBeanMethods = false)
    @EnableWebFluxSecurity
    static class Security {

        @Bean
        SecurityWebFilterChain chain(ServerHttpSecurity http) {
            return http.authorizeExchange(rules -> rules.anyExchange().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }

        /** Else no matrix variable would pass. */
        @Bean
        ServerWebExchangeFirewall firewall() {
            StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
            firewall.setAllowSemicolon(true);
            return firewall;
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("ann").password("{noop}secret").roles("USER").build());
        }
    }

    /** What Spring Security's own resolvers give. */
    @RestController
    @RequestMapping("/secured")
    static class Secured {

        @GetMapping("/user")
        String user(@AuthenticationPrincipal UserDetails user) {
            return user == null ? "nobody" : user.getUsername();
        }

        @GetMapping("/user-later")
        Mono<String> userLater(@AuthenticationPrincipal Mono<UserDetails> user) {
            return user.map(UserDetails::getUsername);
        }

        @GetMapping("/name")
        String name(@AuthenticationPrincipal(expression = "username") String name) {
            return name;
        }

        @GetMapping("/context")
        Mono<String> context(@CurrentSecurityContext Mono<SecurityContext> context) {
            return context.map(found -> found.getAuthentication().getName());
        }
    }
}
