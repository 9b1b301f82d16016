package org.postel.delivery.backend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postel.delivery.sign.SigningKeys;
import org.postel.mail.Domain;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.SigningClient;
import org.postel.mailbox.api.v1.SignRequest;
import org.postel.mailbox.api.v1.SigningKeysRequest;
import org.postel.mailbox.api.v1.SigningKeysResponse;
import org.postel.mailbox.api.v1.ToSign;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKey;

/** The keys of mailbox-service. Remembers which there are for a minute, and nothing that is secret. Any thread may use it. */
public final class ServiceSigningKeys implements SigningKeys {

    private static final int MOST = 10_000;
    // One that was replaced signs on for as long; so does mailbox-service.
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final SigningClient client;
    private final Cache<String, List<DkimKey>> remembered = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    /** Contacts nobody yet. */
    public ServiceSigningKeys(SigningClient client) {
        this.client = client;
    }

    @Override
    public List<DkimKey> of(String domain) throws IOException {
        String name = domain.toLowerCase(Locale.ROOT);
        List<DkimKey> keys = remembered.getIfPresent(name);
        if (keys == null) {
            keys = ask(name);
            remembered.put(name, keys);
        }
        return keys;
    }

    private List<DkimKey> ask(String domain) throws IOException {
        try {
            SigningKeysResponse response = client.signingKeys(SigningKeysRequest.newBuilder().setDomain(domain).build());
            // An algorithm of a newer release is one we cannot prepare a signature for.
            return response.getKeysList().stream().flatMap(key -> Algorithm.ofTag(key.getAlgorithm()).stream()
                    .map(algorithm -> new DkimKey(new Domain(response.getDomain()), key.getSelector(), algorithm))).toList();
        } catch (MailboxServiceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public List<byte[]> sign(List<Wanted> wanted) throws IOException {
        Optional<String> domain = wanted.stream().map(one -> one.key().domain().canonical()).findFirst();
        if (domain.isEmpty()) {
            return List.of();
        }
        SignRequest.Builder request = SignRequest.newBuilder().setDomain(domain.get());
        wanted.forEach(one -> request.addToSign(ToSign.newBuilder().setSelector(one.key().selector()).setHash(ByteString.copyFrom(one.hash()))));
        try {
            List<byte[]> signatures = client.sign(request.build()).getSignaturesList().stream().map(ByteString::toByteArray).toList();
            if (signatures.size() != wanted.size()) {
                throw new IOException("Sign answered " + signatures.size() + " for " + wanted.size() + " hashes");
            }
            return signatures;
        } catch (MailboxServiceException e) {
            // Perhaps a key is gone: next time it is asked which there are.
            remembered.invalidateAll();
            throw new IOException(e.getMessage(), e);
        }
    }
}
