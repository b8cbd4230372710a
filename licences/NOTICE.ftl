Skill Telemetry

Skill Telemetry is under the Apache License 2.0 (META-INF/LICENSE). It comes with the libraries below. The texts of
their licences, if not the same, are in META-INF/licences (ulid-creator, SLF4J, ANTLR), in
META-INF/maven/org.xerial/sqlite-jdbc (sqlite-jdbc, two) and in licenses (AspectJ, and ASM, which it contains).

<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
${library.artifactId} ${library.version} (${library.groupId})
    <#list entry.getValue() as licence>${licence}<#sep>, </#list>; ${library.url!}
</#list>
antlr4-runtime (org.antlr), inside jdbi3-core
    BSD 3-Clause License; https://www.antlr.org/

The source code of AspectJ is at https://github.com/eclipse-aspectj/aspectj.
