package org.postel.launcher.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.launcher.UsageException;

class ScaleTest {

    @Test
    void whatIsNotNamedRunsOnce() {
        Scale scale = Scale.of("imap-gateway=2,delivery-worker=9");
        assertEquals(2, scale.of(ServiceName.IMAP_GATEWAY));
        assertEquals(9, scale.of(ServiceName.DELIVERY_WORKER));
        assertEquals(1, scale.of(ServiceName.SMTP_GATEWAY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "imap-gateway=0|--scale takes 1 to 9 processes of imap-gateway, not '0'.",
        "imap-gateway=10|--scale takes 1 to 9 processes of imap-gateway, not '10'.",
        "imap-gateway=-1|--scale takes 1 to 9 processes of imap-gateway, not '-1'.",
        "imap-gateway=two|--scale takes 1 to 9 processes of imap-gateway, not 'two'.",
        "imap-gateway=2,imap-gateway=3|--scale names imap-gateway twice.",
        "imap-gateway|--scale takes SERVICE=NUMBER, and more of them after commas, not 'imap-gateway'.",
        "imap-gateway=2,|--scale takes SERVICE=NUMBER, and more of them after commas, not 'imap-gateway=2,'.",
        "=2|--scale takes SERVICE=NUMBER, and more of them after commas, not '=2'.",
        "kafka=3|There is no service 'kafka' to scale; there are mailbox-service, smtp-gateway, delivery-worker, imap-gateway, pop3-gateway.",
    })
    void whatIsNoScaleIsUsageInOneSentence(String text, String said) {
        assertEquals(said, assertThrows(UsageException.class, () -> Scale.of(text)).getMessage());
    }
}
