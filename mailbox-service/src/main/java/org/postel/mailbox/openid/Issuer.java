package org.postel.mailbox.openid;

import com.nimbusds.langtag.LangTag;
import com.nimbusds.langtag.LangTagException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mailbox.identity.IdTokens;

/**
 * The issuer that people may sign in with instead of a password. A browser is sent there, comes back with a code, and the code is changed
 * for an ID token, which says who that person is.
 */
public final class Issuer {

    private static final Logger LOG = Logger.getLogger(Issuer.class);
    private static final Scope SCOPE = new Scope("openid", "email");
    private static final int LONGEST_SECRET = 4 << 10;

    private final OpenidSettings settings;
    private final IssuerCalls calls;
    private final IssuerDescription description;
    private final IdTokens tokens;
    private final ClientID client;

    public Issuer(OpenidSettings settings, Clock clock) {
        this.settings = settings;
        this.calls = new IssuerCalls(settings.keys().caFile(), IssuerCalls.PATIENCE);
        this.description = new IssuerDescription(settings.issuer(), settings.description(), calls, clock);
        this.tokens = new IdTokens(settings.keys(), settings.issuer(), settings.clientId(), settings.accountClaim(), clock);
        this.client = new ClientID(settings.clientId());
    }

    /** What people call it. */
    public String name() {
        return settings.name();
    }

    /**
     * Where a browser is sent that begins a sign-in.
     *
     * @param language that its user reads, a tag of RFC 5646
     * @throws IssuerUnavailableException when the issuer does not say where
     */
    public URI begin(BegunSignIn begun, String language) {
        return new AuthenticationRequest.Builder(ResponseType.CODE, SCOPE, client, settings.redirectUri()).endpointURI(description.endpoints().authorization())
                .state(begun.state()).nonce(begun.nonce()).codeChallenge(begun.verifier(), CodeChallengeMethod.S256)
                .uiLocales(locales(language)).build().toURI();
    }

    /**
     * What the issuer says about who comes back.
     *
     * @param begun  the sign-in that the browser began
     * @param answer the parameters that it comes back with (RFC 6749 §4.1.2)
     * @throws IssuerUnavailableException when the issuer, or its keys, cannot be had now
     */
    public Answered answered(BegunSignIn begun, Map<String, List<String>> answer) {
        if (!begun.isOf(answer.getOrDefault("state", List.of()).stream().findFirst().orElse(""))) {
            return new Answered.Stale();
        }
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(settings.redirectUri(), answer);
            if (response.getIssuer() != null && !response.getIssuer().getValue().equals(settings.issuer())) {
                // RFC 9207 §2.4: somebody mixes up whom we asked.
                return new Answered.NotGood();
            }
            if (!response.indicatesSuccess()) {
                return refused(response.toErrorResponse().getErrorObject().getCode());
            }
            AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
            return code == null ? new Answered.NotGood() : redeemed(begun, code);
        } catch (ParseException e) {
            return new Answered.NotGood();
        }
    }

    private static Answered refused(String error) {
        LOG.debugf("the issuer signed nobody in: %s", error);
        return new Answered.Refused();
    }

    private Answered redeemed(BegunSignIn begun, AuthorizationCode code) {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, settings.redirectUri(), begun.verifier());
        TokenResponse response = asked(grant);
        if (!response.indicatesSuccess()) {
            String error = response.toErrorResponse().getErrorObject().getCode();
            if ("invalid_grant".equals(error)) {
                return new Answered.Stale();
            }
            throw new IssuerUnavailableException("the issuer gives no token: " + error, null);
        }
        String token = ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens().getIDTokenString();
        if (token == null) {
            throw new IssuerUnavailableException("the issuer gives no ID token", null);
        }
        return switch (tokens.check(token, begun.nonce().getValue())) {
            case IdTokens.Verdict.Named(String account) -> new Answered.Named(account);
            case IdTokens.Verdict.Unverified() -> new Answered.Unverified();
            case IdTokens.Verdict.NotGood() -> new Answered.NotGood();
        };
    }

    private TokenResponse asked(AuthorizationCodeGrant grant) {
        try {
            URI endpoint = description.endpoints().token();
            Optional<String> secret = secret();
            TokenRequest request = secret.isPresent() ? new TokenRequest(endpoint, new ClientSecretBasic(client, new Secret(secret.get())), grant, null)
                    : new TokenRequest(endpoint, client, grant, null);
            return OIDCTokenResponseParser.parse((HTTPResponse) request.toHTTPRequest().send(calls));
        } catch (IOException | ParseException e) {
            throw new IssuerUnavailableException("the issuer gives no token: " + e.getMessage(), e);
        }
    }

    private Optional<String> secret() throws IOException {
        if (settings.clientSecretFile().isEmpty()) {
            return Optional.empty();
        }
        if (Files.size(settings.clientSecretFile().get()) > LONGEST_SECRET) {
            throw new IOException("over " + LONGEST_SECRET + " octets: " + settings.clientSecretFile().get());
        }
        return Files.readString(settings.clientSecretFile().get()).lines().findFirst();
    }

    private static List<LangTag> locales(String language) {
        try {
            return List.of(LangTag.parse(language));
        } catch (LangTagException e) {
            throw new IllegalArgumentException("no language tag: " + language, e);
        }
    }
}
