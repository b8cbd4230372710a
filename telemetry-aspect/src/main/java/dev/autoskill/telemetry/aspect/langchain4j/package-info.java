/**
 * For which chat LangChain4j calls a tool.
 *
 * <p>Internal: nothing in this package is promised to stay.
 */
@NullMarked
package dev.autoskill.telemetry.aspect.langchain4j;

import org.jspecify.annotations.NullMarked;
