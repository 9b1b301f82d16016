package org.postel.delivery.outcome;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts deliveries. Labels are bounded: never an address or a domain. */
public final class DeliveryMetrics {

    private final MeterRegistry registry;

    /** @param registry where they are kept */
    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** One recipient was tried. */
    public void attempt(Target target, Result result, Duration sinceAccepted) {
        String label = switch (result) {
            case Result.Delivered ignored -> "delivered";
            case Result.Discarded ignored -> "discarded";
            case Result.Relayed ignored -> "delivered";
            case Result.Expanded ignored -> "expanded";
            case Result.Deferred ignored -> "deferred";
            case Result.Refused ignored -> "refused";
        };
        Counter.builder("mail.delivery.attempts").description("Recipients tried")
                .tag("target", target.label()).tag("result", label).register(registry).increment();
        if (result instanceof Result.Delivered || result instanceof Result.Relayed) {
            Timer.builder("mail.delivery.latency").description("From the 250 to the delivery")
                    .serviceLevelObjectives(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1),
                            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1),
                            Duration.ofDays(1))
                    .tag("target", target.label()).register(registry)
                    .record(sinceAccepted.isNegative() ? Duration.ZERO : sinceAccepted);
        }
    }

    /** A recipient was given up; the class is class and subject of its status, such as 5.1 (RFC 3463 §2). */
    public void bounced(String status) {
        String known = status.matches("[45]\\.[0-7]\\..*") ? status.substring(0, 3) : "other";
        Counter.builder("mail.bounces").description("Recipients given up").tag("class", known).register(registry).increment();
    }
}
