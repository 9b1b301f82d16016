package org.postel.smtp.command;

import java.util.List;
import java.util.Optional;
import org.postel.mail.QueueId;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/** Says which content is taken, and what is added to it. */
public interface ContentRules {

    /** The refusal, or empty when the message may go on. */
    Optional<Reply> refusal(Login login, Header header);

    /** Lines to add at the end of the header, each without its CRLF. */
    List<String> missing(Login login, Header header, QueueId id);
}
