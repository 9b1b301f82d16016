package org.postel.mailbox.storage;

import java.util.UUID;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SetMetadataResponse;

/** Annotations, RFC 5464. Whether the mailboxes are the owner's is checked before. Each call throws {@link StoreException}. */
public interface Metadata {

    /**
     * @param reader whose private entries are shown
     * @param owner  whose mailboxes these are
     */
    GetMetadataResponse get(UUID reader, UUID owner, GetMetadataRequest request);

    /**
     * All or none, but for entries of both kinds of another's mailbox: then the shared ones first.
     *
     * @param writer whose private entries are set
     * @param owner  whose mailbox it is
     */
    SetMetadataResponse set(UUID writer, UUID owner, SetMetadataRequest request);
}
