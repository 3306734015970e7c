package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInLinks;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.ProblemPages;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RequestId;
import org.springframework.stereotype.Component;

/** The page of a refusal: what is the matter, what one can do, and where to. */
@Component
final class ProblemView implements ProblemPages {
  private final Pages pages;

  ProblemView(Pages pages) {
    this.pages = pages;
  }

  @Override
  public String page(Refusal refusal, RequestId request, String path) {
    return pages.renderProblem(
        request, problem(refusal, ReturnPath.of(path).orElse(ReturnPath.ROOT)));
  }

  private static Problem problem(Refusal refusal, ReturnPath back) {
    String title = refusal.code().title();
    String next = refusal.code().next();
    if (refusal.code() == ProblemCode.FORBIDDEN && isOperators(back)) {
      return new Problem(
          title,
          "This is for operators of the platform, in a session of their own.",
          refusal.code().code(),
          SignInLinks.signInAsOperator(back),
          "Sign in as an operator");
    }
    return switch (refusal.code()) {
      case UNAUTHENTICATED ->
          new Problem(
              title,
              next,
              refusal.code().code(),
              isOperators(back) ? SignInLinks.signInAsOperator(back) : SignInLinks.signIn(back),
              "Sign in");
      case INSUFFICIENT_USER_AUTHENTICATION ->
          new Problem(title, next, refusal.code().code(), again(refusal, back), "Sign in again");
      case WORKSPACE_REQUIRED, TENANT_CLOSED ->
          new Problem(title, next, refusal.code().code(), "/workspaces", "Choose a workspace");
      case INVITE_EXPIRED, INVITE_REVOKED, INVITE_VOID, ADDRESS_MISMATCH ->
          new Problem(title, next, refusal.code().code(), "/invite", "Back to the invitation");
      case INVITE_USED, ALREADY_MEMBER ->
          new Problem(title, next, refusal.code().code(), "/workspaces", "Your workspaces");
      case RECEIPT_PENDING ->
          // A page is not sent again with a key, and nobody has to.
          new Problem(
              title,
              "You need not do it again: its receipt follows by itself.",
              refusal.code().code(),
              "/",
              "Go on");
      default -> new Problem(title, next, refusal.code().code(), "/", "Back to the beginning");
    };
  }

  private static boolean isOperators(ReturnPath path) {
    return path.text().matches("/operator([/?].*)?");
  }

  private static String again(Refusal refusal, ReturnPath back) {
    Assurance required = refusal.required();
    if (required != null && "sign_in_policy".equals(refusal.reason())) {
      return SignInLinks.signInAgain(required, ReturnPath.of("/workspaces").orElseThrow());
    }
    return required == null ? SignInLinks.signIn(back) : SignInLinks.stepUp(required, back);
  }
}
