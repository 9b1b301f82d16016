package org.postel.delivery.dns;

import org.postel.delivery.relay.MailExchangers.Answer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** One question to a resolver. */
interface Lookup {

    /** The records of the type at the end of all aliases; of a CNAME the one of the name itself. */
    Answer<Record> ask(Name name, int type) throws InterruptedException;
}
