package org.postel.imap.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.ImapCommand;
import org.postel.wire.sasl.PasswordCredentials;
import org.postel.wire.sasl.SaslStep;
import org.postel.wire.sasl.SaslText;

/** LOGIN, RFC 3501 §6.2.3. */
final class LoginCommand {

    private final Logins logins;

    LoginCommand(Logins logins) {
        this.logins = logins;
    }

    Step run(Conversation conversation, ImapCommand.Login login) throws IOException, Refused {
        if (!conversation.plaintextAllowed()) {
            throw new Refused(Replies.PRIVACY_REQUIRED);
        }
        Optional<String> user = text(login.user());
        Optional<String> password = text(login.password());
        if (user.isEmpty() || password.isEmpty()) {
            return logins.conclude(conversation, new SaslStep.Failure<>(SaslStep.Reason.CREDENTIALS));
        }
        return logins.conclude(conversation,
                logins.verify(conversation, new PasswordCredentials("", user.get(), password.get())));
    }

    private static Optional<String> text(String given) {
        return SaslText.text(given.getBytes(StandardCharsets.UTF_8)).filter(text -> !text.isEmpty());
    }
}
