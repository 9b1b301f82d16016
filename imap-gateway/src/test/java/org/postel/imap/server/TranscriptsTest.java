package org.postel.imap.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.postel.mailbox.api.MailboxServiceException.Reason;
import org.postel.wire.Stage;
import org.postel.wire.TestCertificate;
import org.postel.wire.Transcripts;

/** Every transcript, against the real listener with an account in memory. */
class TranscriptsTest {

    private static final Pattern INBOX = Pattern.compile("inbox of (\\d+) messages");

    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> transcripts() throws IOException {
        TestCertificate certificate = TestCertificate.in(folder);
        return Transcripts.in(Path.of("src/test/transcripts"), () -> new GatewayStage(certificate));
    }

    private record GatewayStage(TestGateway gateway, TestCertificate certificate) implements Stage {

        GatewayStage(TestCertificate certificate) throws IOException {
            this(new TestGateway(Map.of(), Optional.of(certificate.load())), certificate);
        }

        @Override
        public int port() {
            return gateway.port();
        }

        @Override
        public int tlsPort() {
            return gateway.tlsPort();
        }

        @Override
        public void given(String fact) {
            Matcher inbox = INBOX.matcher(fact);
            if (inbox.matches()) {
                for (int i = 1; i <= Integer.parseInt(inbox.group(1)); i++) {
                    gateway.mail.deliver(("Subject: message " + i + "\r\nFrom: bob@example.org\r\n\r\nText " + i + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                }
                return;
            }
            switch (fact) {
                case "an untold message in the inbox" -> gateway.mail.deliverUntold("Subject: untold\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII));
                case "bob shares Team to look at" -> gateway.mail.share("lr");
                case "bob shares Team to be named" -> gateway.mail.share("r");
                case "bob shares Team to be seen" -> gateway.mail.share("l");
                case "bob shares Team without marking as seen" -> gateway.mail.share("lrwi");
                case "bob shares Team to work with" -> gateway.mail.share("lrswit");
                case "an account of at most 1 KiB and 4 messages" -> gateway.mail.limit(1024, 4);
                case "polls are answered as of now" -> gateway.mail.answerAsOfNow();
                case "the log of the inbox was folded" -> gateway.mail.foldLog();
                case "no event arrives" -> gateway.mail.keepQuiet();
                case "mailbox-service is down" -> gateway.mail.faults.every(Reason.UNAVAILABLE);
                case "mailbox-service goes down after the next APPEND" -> gateway.mail.faults.afterAppend();
                case "mailbox-service is at a limit of its own" -> gateway.mail.faults.every(Reason.RESOURCE_EXHAUSTED);
                case "the password was changed" -> gateway.mail.faults.every(Reason.UNAUTHENTICATED);
                case "mailbox-service is up again" -> gateway.mail.faults.none();
                default -> throw new IllegalArgumentException("no such fact: " + fact);
            }
        }

        @Override
        public void close() {
            gateway.close();
        }
    }
}
