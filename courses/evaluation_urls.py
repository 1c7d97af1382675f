"""Pages of evaluations and reviews."""

from django.urls import path

from courses.views import evaluation_form, evaluation_results, evaluations, reviews

urlpatterns = [
    path("evaluate/", evaluation_form.look_up, name="evaluate-look-up"),
    path("evaluate/thanks/", evaluation_form.thanks, name="evaluate-thanks"),
    path("evaluate/<slug:code>/", evaluation_form.evaluate, name="evaluate"),
    path("evaluations/", evaluations.evaluation_list, name="evaluations"),
    path("evaluations/results/", evaluation_results.results, name="evaluation-results"),
    path("evaluations/results/<slug:public_id>/", evaluation_results.base_results, name="base-results"),
    path("evaluations/questions/", evaluation_results.question_list, name="question-list"),
    path("evaluations/questions/<slug:public_id>/", evaluation_results.questions, name="questions"),
    path("cohorts/<str:public_id>/evaluation/", evaluations.evaluation, name="evaluation"),
    path("cohorts/<str:public_id>/evaluation/open/", evaluations.open_evaluation, name="open-evaluation"),
    path("cohorts/<str:public_id>/evaluation/slips/", evaluations.slips, name="evaluation-slips"),
    path("cohorts/<str:public_id>/reviews/<slug:kind>/", reviews.new_review, name="new-review"),
    path("reviews/<slug:public_id>/", reviews.review, name="review"),
    path("reviews/<slug:public_id>/draw/", reviews.draw_another, name="draw-another"),
    path("reviews/<slug:public_id>/calls/<int:call_id>/", reviews.call, name="call"),
]
