/** What of a message's text the protocols share: header fields, and the tag lists in fields and records. Imports no package of ours. */
package org.postel.trust.message;
