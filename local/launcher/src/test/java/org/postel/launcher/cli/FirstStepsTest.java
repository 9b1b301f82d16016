package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Layout;
import org.postel.launcher.platform.Scale;

class FirstStepsTest {

    @Test
    void everyProcessIsShownWithItsAddresses() {
        Map<String, String> accounts = new LinkedHashMap<>();
        accounts.put("alice@example.test", "one");
        accounts.put("bob@example.test", "two");
        String text = new FirstSteps(Layout.usual(Scale.of("imap-gateway=2,mailbox-service=2")), accounts).text();
        assertTrue(text.contains("""

                  Submission  127.0.0.1:2587 (STARTTLS), 2465 (TLS)
                  IMAP        127.0.0.1:2143 (STARTTLS), 2993 (TLS)
                              127.0.0.1:2243 (STARTTLS), 3093 (TLS)
                  POP3        127.0.0.1:2110 (STLS), 2995 (TLS)
                  Web         http://127.0.0.1:8080
                              http://127.0.0.1:8180

                Accounts made at the first start:
                  alice@example.test   one
                """.replace("\n", System.lineSeparator())), text);
    }
}
