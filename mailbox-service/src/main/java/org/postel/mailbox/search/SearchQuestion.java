package org.postel.mailbox.search;

import java.io.IOException;
import org.postel.mail.mime.SearchableMessage;

/** What is asked of a message that was taken apart. */
@FunctionalInterface
interface SearchQuestion {

    boolean isYes(SearchableMessage message) throws IOException;
}
