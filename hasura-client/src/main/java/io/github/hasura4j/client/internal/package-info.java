/**
 * What hasura4j's own modules share; nothing for anybody else, and it changes without notice.
 *
 * <p>Begin with {@link io.github.hasura4j.client.internal.ReadLimits}.
 */
@NullMarked
package io.github.hasura4j.client.internal;

import org.jspecify.annotations.NullMarked;
