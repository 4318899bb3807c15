package io.fasterapi.spring.webflux.route;

/**
 * What a setting of the application costs in early answers. Immutable.
 *
 * @param setting a property, or a bean
 * @param requests which requests are not answered early
 * @param instead what to do to have them answered early
 */
public record EarlyCost(String setting, String requests, String instead) {}
