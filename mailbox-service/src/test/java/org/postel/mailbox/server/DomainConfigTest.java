package org.postel.mailbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.mailbox.dkim.DkimSettings;
import org.postel.mailbox.zone.ZoneSettings;

/** What can be set of a domain's keys and records. */
class DomainConfigTest {

    @Test
    void withoutConfigurationAllHasAValue() {
        assertEquals(new DkimSettings(Duration.ofDays(180), Duration.ofDays(3), Duration.ofDays(14), true), dkim(Map.of()).settings());
        assertEquals(Duration.ofHours(1), dkim(Map.of()).interval());
        assertEquals(new ZoneSettings("mail.example.test", List.of("mail.example.test"), "mail.example.test", "v=spf1 mx -all",
                "v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}", "v=TLSRPTv1; rua=mailto:postmaster@{domain}"),
                dns(Map.of()).settings("mail.example.test"));
        assertEquals(Optional.empty(), dns(Map.of()).server());
    }

    @Test
    void whatIsSetIsTaken() {
        assertEquals(new DkimSettings(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(30), false), dkim(Map.of(
                "postel.mailbox.dkim.rotate-after", "0s", "postel.mailbox.dkim.lead", "1d", "postel.mailbox.dkim.kept", "30d",
                "postel.mailbox.dkim.check-dns", "false")).settings());
        DnsConfig dns = dns(Map.of("postel.mailbox.dns.exchangers", "mx1.example.test,mx2.example.test", "postel.mailbox.dns.client-host", "c.test",
                "postel.mailbox.dns.resolver", "[::1]:5353"));
        assertEquals(List.of("mx1.example.test", "mx2.example.test"), dns.settings("x").exchangers());
        assertEquals("c.test", dns.settings("x").clientHost());
        assertEquals(Optional.of(new InetSocketAddress("::1", 5353)), dns.server());
    }

    @ParameterizedTest
    @CsvSource({"dkim.rotate-after,2d", "dkim.kept,-P1D", "dns.spf,mx -all", "dns.dmarc,p=none", "dns.tls-reports,rua=x",
        "dns.resolver,example.test"})
    void whatCannotWorkIsRefused(String property, String value) {
        Map<String, String> values = Map.of("postel.mailbox." + property, value);
        assertThrows(IllegalArgumentException.class, () -> {
            dkim(values).settings();
            dns(values).settings("x");
            dns(values).server();
        });
    }

    /** As {@code postel.mailbox.dns.sts-policy-id}, which stands in files still. */
    @Test
    void aPropertyThatIsGoneStopsNothing() throws IOException {
        Map<String, String> old = Map.of("postel.mailbox.dns.sts-policy-id", "7");
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(DnsConfig.class)
                .withSources(new PropertiesConfigSource(old, "file", 200));
        assertThrows(ConfigValidationException.class, builder::build);
        builder.withSources(new PropertiesConfigSource(DnsConfig.class.getResource("/application.properties")));
        assertEquals("v=spf1 mx -all", builder.build().getConfigMapping(DnsConfig.class).spf());
    }

    private static DkimConfig dkim(Map<String, String> values) {
        return config(values).getConfigMapping(DkimConfig.class);
    }

    private static DnsConfig dns(Map<String, String> values) {
        return config(values).getConfigMapping(DnsConfig.class);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(DkimConfig.class).withMapping(DnsConfig.class)
                .withDefaultValues(values).build();
    }
}
