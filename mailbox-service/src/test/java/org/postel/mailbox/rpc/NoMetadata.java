package org.postel.mailbox.rpc;

import java.util.UUID;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.GetMetadataResponse;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SetMetadataResponse;
import org.postel.mailbox.storage.Metadata;

/** Nobody has annotations. */
final class NoMetadata implements Metadata {

    @Override
    public GetMetadataResponse get(UUID reader, UUID owner, GetMetadataRequest request) {
        return GetMetadataResponse.getDefaultInstance();
    }

    @Override
    public SetMetadataResponse set(UUID writer, UUID owner, SetMetadataRequest request) {
        return SetMetadataResponse.getDefaultInstance();
    }
}
