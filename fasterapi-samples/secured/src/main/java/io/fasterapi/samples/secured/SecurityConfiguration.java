package io.fasterapi.samples.secured;

import static org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers.pathMatchers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableReactiveMethodSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;

/** Who may do what. */
@Configuration(proxyBeanMethods = false)
@EnableReactiveMethodSecurity
public class SecurityConfiguration {

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http) {
        return http.authorizeExchange(
                        rules ->
                                rules.pathMatchers("/guarded/**", "/accounts/**", "/transfers")
                                        .authenticated()
                                        .pathMatchers("/vault/**", "/list")
                                        .hasRole("ADMIN")
                                        .pathMatchers(HttpMethod.GET, "/token/needed")
                                        .hasAuthority("TOKEN")
                                        .anyExchange()
                                        .permitAll())
                .httpBasic(Customizer.withDefaults())
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .csrf(
                        csrf ->
                                csrf.requireCsrfProtectionMatcher(
                                                pathMatchers(HttpMethod.POST, "/transfers"))
                                        .csrfTokenRepository(new CookieServerCsrfTokenRepository())
                                        .csrfTokenRequestHandler(
                                                new ServerCsrfTokenRequestAttributeHandler()))
                .build();
    }

    @Bean
    MapReactiveUserDetailsService users() {
        return new MapReactiveUserDetailsService(user("user", "USER"), user("admin", "ADMIN"));
    }

    private static UserDetails user(String name, String role) {
        return User.withUsername(name).password("{noop}secret").roles(role).build();
    }
}
