/** What of ours runs inside the local database's process. May import Cassandra and the JDK, nothing of Postel. */
package org.postel.cassandra;
