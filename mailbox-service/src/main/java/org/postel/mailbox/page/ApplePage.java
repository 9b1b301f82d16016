package org.postel.mailbox.page;

import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.postel.mailbox.directory.AppPasswords;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.directory.DirectoryException.Fault;
import org.postel.mailbox.identity.SessionProtocol;
import org.postel.mailbox.web.AppleProfile;
import org.postel.mailbox.web.AppleProfile.Owner;
import org.postel.mailbox.web.LimitedProfiles;
import org.postel.mailbox.web.ProfileSignature;

/**
 * A profile for an iPhone, iPad or Mac of somebody who is signed in, with an app password that is made for that device: nothing is left
 * to be typed there.
 */
public final class ApplePage {

    private static final Logger LOG = Logger.getLogger(ApplePage.class);
    private static final String CONNECT = "/connect";

    private final Site site;
    private final AppPasswords apps;
    private final AppleProfile profile;
    private final LimitedProfiles profiles;

    /** @param host where mail programs connect */
    public ApplePage(Site site, AppPasswords apps, String host, LimitedProfiles profiles) {
        this.site = site;
        this.apps = apps;
        this.profile = new AppleProfile(host);
        this.profiles = profiles;
    }

    /** Answers on this router from now on. */
    public void on(Router router) {
        site.post(router, CONNECT + "/apple", this::download);
    }

    private Answer download(Visit visit) throws DirectoryException {
        String address = visit.account().address();
        Optional<ProfileSignature> signature = profiles.forAccount(address);
        return signature.isPresent() ? download(visit, address, signature.get()) : new Answer.GoTo(CONNECT, "tooOften");
    }

    private Answer download(Visit visit, String address, ProfileSignature signature) throws DirectoryException {
        try {
            // Signed before with nothing in it: a password that nobody gets is not to be left.
            signature.sign(profile.of(new Owner(address, "", Optional.empty())));
            String password = apps.add(visit.account().id(), visit.field("device").strip(), EnumSet.of(SessionProtocol.IMAP, SessionProtocol.SUBMISSION)).text();
            return new Answer.Download("mail.mobileconfig", AppleProfile.MEDIA_TYPE,
                    signature.sign(profile.of(new Owner(address, "", Optional.of(password)))));
        } catch (IOException e) {
            LOG.error(e.getMessage());
            return new Answer.GoTo(CONNECT, "tryLater");
        } catch (DirectoryException e) {
            return new Answer.GoTo(CONNECT, switch (e.fault()) {
                case Fault.INVALID -> "wrongName";
                case Fault.IN_USE -> "tooManyApps";
                default -> throw e;
            });
        }
    }
}
