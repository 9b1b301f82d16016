package org.postel.smtp.command;

import java.io.IOException;
import org.postel.smtp.syntax.Reply;

/** The client's end of a DATA or BDAT command. */
public interface ContentSource {

    /** Sends the go-ahead of DATA. */
    void invite(Reply goAhead) throws IOException;

    /** At least one octet. */
    int read(byte[] into) throws IOException;

    /** Puts back the last octets read: they are commands. */
    void unread(int count);
}
