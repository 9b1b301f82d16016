package org.postel.launcher.cli;

import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.postel.launcher.platform.Layout;
import org.postel.launcher.platform.Port;
import org.postel.launcher.platform.ServiceName;

/** What a person who sees Postel for the first time does next. */
final class FirstSteps {

    private final Layout layout;
    private final Map<String, String> accounts;

    FirstSteps(Layout layout, Map<String, String> accounts) {
        this.layout = layout;
        this.accounts = accounts;
    }

    String text() {
        return addresses() + firstMail();
    }

    private String addresses() {
        StringBuilder text = new StringBuilder("""

                Postel is ready.

                %s%s%s%s%s
                Accounts made at the first start:
                """.formatted(
                each("SMTP", "127.0.0.1:%d", ServiceName.SMTP_GATEWAY, Port.SMTP),
                each("Submission", "127.0.0.1:%d (STARTTLS), %d (TLS)", ServiceName.SMTP_GATEWAY, Port.SUBMISSION, Port.SUBMISSIONS),
                each("IMAP", "127.0.0.1:%d (STARTTLS), %d (TLS)", ServiceName.IMAP_GATEWAY, Port.IMAP, Port.IMAPS),
                each("POP3", "127.0.0.1:%d (STLS), %d (TLS)", ServiceName.POP3_GATEWAY, Port.POP3, Port.POP3S),
                each("Web", "http://127.0.0.1:%d", ServiceName.MAILBOX_SERVICE, Port.WEB)));
        accounts.forEach((address, password) -> text.append("  %-20s %s%n".formatted(address, password)));
        return text.toString();
    }

    /** A line for each process of the service; what it is stands before the first. */
    private String each(String what, String form, ServiceName service, Port... listening) {
        String addresses = layout.of(service).stream()
                .map(ports -> form.formatted(Stream.of(listening).map(ports::number).toArray()))
                .collect(Collectors.joining("\n" + " ".repeat(14)));
        return "  %-11s %s%n".formatted(what, addresses);
    }

    private String firstMail() {
        Iterator<Map.Entry<String, String>> both = accounts.entrySet().iterator();
        Map.Entry<String, String> alice = both.next();
        Map.Entry<String, String> bob = both.next();
        return """

                Send a first mail, with curl or with swaks:
                  printf 'From: %1$s\\r\\nTo: %3$s\\r\\nSubject: Hello\\r\\n\\r\\nIt works.\\r\\n' | \\
                    curl -sS smtp://127.0.0.1:%5$d --mail-from %1$s --mail-rcpt %3$s -T -
                  swaks --server 127.0.0.1:%6$d -tls --auth PLAIN --auth-user %1$s --auth-password %2$s \\
                    --from %1$s --to %3$s --header 'Subject: Hello' --body 'It works.'

                Read it over IMAP or POP3:
                  curl -sSk --user %3$s:%4$s 'imaps://127.0.0.1:%7$d/INBOX;MAILINDEX=1'
                  curl -sSk --user %3$s:%4$s pop3s://127.0.0.1:%8$d/1
                or by hand, after the line: a LOGIN %3$s %4$s
                  openssl s_client -quiet -crlf -connect 127.0.0.1:%7$d

                Each account has its pages at http://127.0.0.1:%9$d; this lets one administer, at /admin there:
                  ./postel account role %1$s global

                ./postel status shows the processes, ./postel logs [SERVICE] what they say, ./postel down stops them.
                """.formatted(alice.getKey(), alice.getValue(), bob.getKey(), bob.getValue(), number(Port.SMTP),
                number(Port.SUBMISSION), number(Port.IMAPS), number(Port.POP3S), number(Port.WEB));
    }

    private int number(Port port) {
        return layout.ports().number(port);
    }
}
