/**
 * A starter for Spring Boot.
 *
 * <p>With this jar on its class path, an application has the actuator endpoint {@code threadleaks}
 * ({@link org.leaklab.spring.ThreadLeaksEndpoint}), the health {@code threadleaks}, and the metrics of
 * {@link org.leaklab.micrometer.ThreadLeakMetrics}. {@link org.leaklab.spring.LeaklabAutoConfiguration} makes them, by
 * the properties in {@link org.leaklab.spring.LeaklabProperties}. No probe, and so no garbage collection, runs unless
 * the application asks for it.
 */
@NullMarked
package org.leaklab.spring;

import org.jspecify.annotations.NullMarked;
