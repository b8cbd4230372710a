/**
 * The class of the exception by which a use failed, which is kept only if a setting asks for it.
 *
 * <p>For users: {@link dev.autoskill.telemetry.error.ErrorDetail}, the setting, and {@link
 * dev.autoskill.telemetry.error.ErrorCount}, the answer. The rest is internal.
 */
@NullMarked
package dev.autoskill.telemetry.error;

import org.jspecify.annotations.NullMarked;
