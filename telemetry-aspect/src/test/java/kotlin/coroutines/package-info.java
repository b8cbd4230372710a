/** What the tests need of Kotlin. */
package kotlin.coroutines;
