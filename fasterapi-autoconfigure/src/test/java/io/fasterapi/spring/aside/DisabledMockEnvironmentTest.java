package io.fasterapi.spring.aside;

import org.springframework.test.context.TestPropertySource;

/** The same, switched off. */
@TestPropertySource(properties = "fasterapi.enabled=false")
class DisabledMockEnvironmentTest extends MockEnvironmentTest {}
