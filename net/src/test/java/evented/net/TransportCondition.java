package evented.net;

import evented.testing.Program;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests of a run whose transport this machine does not offer, and says so; under {@code
 * CI=true} they fail. Applies to every test class that is not tagged {@code values}.
 */
public final class TransportCondition implements ExecutionCondition {
  /** Found by JUnit through {@code META-INF/services}. */
  public TransportCondition() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    TransportType type = TransportType.choose();
    String problem = type.whyUnavailable();
    if (problem == null || context.getTags().contains("values")) {
      return ConditionEvaluationResult.enabled(null);
    }
    String message = "skipped: transport " + type + " is not available here: " + problem;
    if (Program.isCi()) {
      throw new AssertionError("CI must offer every transport: " + message);
    }
    return ConditionEvaluationResult.disabled(message);
  }
}
