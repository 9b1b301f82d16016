package org.postel.smtp.filter;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postel.mail.QueueId;
import org.postel.smtp.command.ContentRules;
import org.postel.smtp.command.Header;
import org.postel.smtp.session.Login;
import org.postel.smtp.syntax.Reply;

/**
 * Takes out of each mail the fields that only we write: mail programs go by them, so whoever writes them would decide.
 *
 * @param rules what else holds
 * @param names of the fields, in lower case
 */
public record OwnFields(ContentRules rules, Set<String> names) implements ContentRules {

    @Override
    public Optional<Reply> refusal(Login login, Header header) {
        return rules.refusal(login, header);
    }

    @Override
    public Set<String> removed(Login login) {
        Set<String> all = new HashSet<>(rules.removed(login));
        all.addAll(names);
        return all;
    }

    @Override
    public List<String> missing(Login login, Header header, QueueId id) {
        return rules.missing(login, header, id);
    }
}
