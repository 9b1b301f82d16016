package org.postel.bench.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.postel.bench.load.Account;
import org.postel.bench.load.Pop3Connection;
import org.postel.bench.stack.MailStack;

/** Takes mail away by POP3. */
record Pop3Reader(MailStack stack, Ledger ledger, long run) {

    /** One session. A message counts as found once QUIT has removed it (RFC 1939 §6): until then it would be found again. */
    void look(Account account) throws IOException {
        List<Integer> found = new ArrayList<>();
        try (Pop3Connection pop3 = Pop3Connection.open(stack.pop3(), 1, account)) {
            int messages = pop3.messages();
            for (int i = 1; i <= messages; i++) {
                found.add(pop3.retrieve(i, run).number());
                pop3.command("DELE " + i);
            }
            pop3.command("QUIT");
        }
        found.stream().filter(number -> number >= 0).forEach(ledger::found);
    }
}
