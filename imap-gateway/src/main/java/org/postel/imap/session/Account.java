package org.postel.imap.session;

import com.google.protobuf.ByteString;

/** Whose mail it is: 16 octets, and the primary address. */
public record Account(ByteString id, String address) {
}
