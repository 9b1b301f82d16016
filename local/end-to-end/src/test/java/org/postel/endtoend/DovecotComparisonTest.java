package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postel.launcher.platform.Port;

/** The same commands on the same mail, given to Postel and to Debian's Dovecot: every difference is explained, or is a fault of ours. */
@Tag("interop")
class DovecotComparisonTest {

    private static final List<byte[]> MAIL = NastyMail.all();

    private final List<ComparedAnswers> answers = new ArrayList<>();

    @Test
    void everyDifferenceIsExplained() throws IOException {
        assumeTrue(DebianDovecot.isInstalled(), "Dovecot is not installed, or this user may not start it");
        RunningPlatform postel = RunningPlatform.shared();
        try (DebianDovecot dovecot = DebianDovecot.start()) {
            for (ComparedScript.Section section : ComparedScript.sections("imap.txt")) {
                imap(postel, dovecot, section);
            }
            for (ComparedScript.Section section : ComparedScript.sections("pop3.txt")) {
                pop3(postel, dovecot, section);
            }
        }
        Path folder = Files.createDirectories(Path.of("target", "dovecot"));
        Files.write(folder.resolve("answers.txt"), answers.stream().map(ComparedAnswers::toString).toList());
        List<String> unexplained = ExplainedDifferences.read().unexplained(answers);
        Files.write(folder.resolve("unexplained.txt"), unexplained);
        assertEquals("", String.join("\n", unexplained), "neither the same nor explained");
    }

    private void imap(RunningPlatform postel, DebianDovecot dovecot, ComparedScript.Section section) throws IOException {
        Account user = postel.account();
        try (ComparedImap ours = new ComparedImap(postel.port(Port.IMAP), user, MAIL);
                ComparedImap theirs = new ComparedImap(dovecot.imap(), there(user), MAIL)) {
            for (int i = 0; i < section.commands().size(); i++) {
                String command = section.commands().get(i);
                answers.add(new ComparedAnswers(section.names().get(i), ours.say(command), theirs.say(command)));
            }
        }
    }

    private void pop3(RunningPlatform postel, DebianDovecot dovecot, ComparedScript.Section section) throws IOException {
        Account user = postel.account();
        new ComparedImap(postel.port(Port.IMAP), user, MAIL).close();
        new ComparedImap(dovecot.imap(), there(user), MAIL).close();
        try (ComparedPop3 ours = new ComparedPop3(postel.port(Port.POP3), user); ComparedPop3 theirs = new ComparedPop3(dovecot.pop3(), there(user))) {
            for (int i = 0; i < section.commands().size(); i++) {
                String command = section.commands().get(i);
                answers.add(new ComparedAnswers(section.names().get(i), ours.say(command), theirs.say(command)));
            }
        }
    }

    private static Account there(Account user) {
        return new Account(user.address(), DebianDovecot.PASSWORD);
    }
}
