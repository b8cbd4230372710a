Skill Telemetry

Skill Telemetry is under the Apache License 2.0, and comes with the libraries below. The texts of their licences, if
not the same, are in the folder licences (ulid-creator, SLF4J, ANTLR), in META-INF/maven/org.xerial/sqlite-jdbc
(sqlite-jdbc, two) and in the folder licenses (AspectJ, and ASM, which it contains).

<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
${library.artifactId} ${library.version} (${library.groupId})
    <#list entry.getValue() as licence>${licence}<#sep>, </#list>; ${library.url!}
</#list>
antlr4-runtime (org.antlr), inside jdbi3-core
    BSD 3-Clause License; https://www.antlr.org/
<#list dependencyMap as entry>
<#if entry.getKey().artifactId == "aspectjweaver">

The source code of AspectJ is at https://github.com/eclipse-aspectj/aspectj.
</#if>
<#if entry.getKey().artifactId == "postgresql">

The jar of PostgreSQL's driver has the licence (BSD 2-Clause) in META-INF, and those of OnGres's scram-client, scram-common,
saslprep and stringprep, which it contains (BSD 2-Clause, too).
</#if>
</#list>
