package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.wire.sasl.Mechanism;
import org.postel.wire.sasl.SaslStep;
import org.postel.wire.sasl.SaslText;

/** AUTHENTICATE, RFC 3501 §6.2.2, with the initial response of RFC 4959. */
final class AuthenticateCommand {

    /** RFC 4422 sets none; the longest access token is two thirds of it. */
    private static final int LONGEST_RESPONSE = 16 << 10;

    private final Logins logins;

    AuthenticateCommand(Logins logins) {
        this.logins = logins;
    }

    Step run(Conversation conversation, ImapCommand.Authenticate command) throws IOException, Refused {
        if (!conversation.plaintextAllowed()) {
            throw new Refused(Replies.PRIVACY_REQUIRED);
        }
        Mechanism.Exchange<Accounts.Entry> exchange = logins.mechanisms(conversation).named(command.mechanism())
                .orElseThrow(() -> new Refused(Completion.no("CANNOT", "No such mechanism"))).start();
        SaslStep<Accounts.Entry> step = command.initialResponse().isPresent()
                ? next(exchange, SaslText.decodeInitial(octets(command.initialResponse().get())))
                : exchange.begin();
        while (step instanceof SaslStep.Challenge<Accounts.Entry>(byte[] challenge)) {
            conversation.prompt("+ " + SaslText.encode(challenge) + "\r\n");
            byte[] line = conversation.connection().readContinuation(LONGEST_RESPONSE, conversation.patience(conversation.settings().loginTimeout()));
            if (line.length == 1 && line[0] == '*') {
                throw new Refused(Completion.bad("Cancelled"));
            }
            step = next(exchange, SaslText.decode(line));
        }
        return logins.conclude(conversation, (SaslStep.Outcome<Accounts.Entry>) step);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static SaslStep<Accounts.Entry> next(Mechanism.Exchange<Accounts.Entry> exchange, Optional<byte[]> message) {
        return message.isPresent() ? exchange.next(message.get()) : new SaslStep.Failure<>(SaslStep.Reason.MALFORMED);
    }
}
