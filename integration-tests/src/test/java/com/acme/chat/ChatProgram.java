package com.acme.chat;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;

/** Chats with a model that calls the tool of which it is told, as LangChain4j does it. */
public final class ChatProgram {

  private ChatProgram() {}

  interface Assistant {
    String chat(@MemoryId int chat, @UserMessage String tool);
  }

  interface Forgetful {
    String chat(@UserMessage String tool);
  }

  public static void main(String[] arguments) {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(new Obedient())
            .chatMemoryProvider(
                id -> MessageWindowChatMemory.builder().id(id).maxMessages(9).build())
            .tools(new Tools())
            .build();
    for (String tool : new String[] {"idFirst", "idLast", "contextFirst", "contextLast"}) {
      System.out.println(assistant.chat(1, tool));
    }
    System.out.println(assistant.chat(2, "idFirst"));
    System.out.println(
        AiServices.builder(Forgetful.class)
            .chatModel(new Obedient())
            .tools(new Tools())
            .build()
            .chat("contextLast"));
  }

  /** How a tool may be told who calls. */
  static final class Tools {

    @Tool
    String idFirst(@ToolMemoryId int chat, String text) {
      return helped(text) + " in " + chat;
    }

    @Tool
    String idLast(String text, @ToolMemoryId Object chat) {
      return text + " in " + chat;
    }

    @Tool
    String contextFirst(InvocationContext context, String text) {
      return text + " in " + context.chatMemoryId();
    }

    @Tool
    String contextLast(String text, InvocationContext context) {
      return text + " in " + context.chatMemoryId();
    }

    @TrackedSkill("helped")
    private static String helped(String text) {
      return text;
    }
  }

  /** Calls a tool once, and answers what that has answered. */
  private static final class Obedient implements ChatModel {

    @Override
    public ChatResponse doChat(ChatRequest request) {
      Object last = request.messages().get(request.messages().size() - 1);
      AiMessage answer =
          last instanceof ToolExecutionResultMessage result
              ? AiMessage.from(result.text())
              : AiMessage.from(
                  ToolExecutionRequest.builder()
                      .id("1")
                      .name(((dev.langchain4j.data.message.UserMessage) last).singleText())
                      .arguments("{\"text\":\"called\",\"arg0\":\"called\",\"arg1\":\"called\"}")
                      .build());
      return ChatResponse.builder().aiMessage(answer).build();
    }
  }
}
