package org.postel.smtp.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postel.mail.QueueId;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** Says which content is taken, what is removed from it and what is added. */
public interface ContentRules {

    /** The refusal, or empty when the message may go on. */
    Optional<Reply> refusal(Login login, Header header);

    /** Names of the fields, in lower case, that do not go on. */
    Set<String> removed(Login login);

    /** Lines to add at the end of the header, each without its CRLF. */
    List<String> missing(Login login, Header header, QueueId id);
}
