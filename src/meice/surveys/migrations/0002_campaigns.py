"""Campaigns, submissions, receipts, consolidation, the year (issue 3)."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
        ('orgs', '0001_first'),
        ('registry', '0001_initial'),
        ('surveys', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='通知文号')),
                ('notice', models.TextField(blank=True, verbose_name='通知内容')),
                ('unit_path', models.CharField(db_index=True, editable=False, max_length=255)),
                ('opens_at', models.DateTimeField(verbose_name='开始时间')),
                ('deadline', models.DateTimeField(verbose_name='截止时间')),
                ('annexes', models.JSONField(default=list, help_text='[1, 2, 3, 4]', verbose_name='要求的附件')),
                ('delivery', models.TextField(blank=True, verbose_name='报送方式')),
                ('paper_wanted', models.BooleanField(default=True, verbose_name='要纸质盖章版')),
                ('paper_place', models.CharField(blank=True, max_length=100, verbose_name='纸质送到哪里')),
                ('status', models.CharField(choices=[('draft', '起草'), ('open', '进行中'), ('closed', '已截止')], default='draft', max_length=6, verbose_name='状态')),
                ('made_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='发起单位')),
            ],
            options={
                'verbose_name': '专项填报',
                'ordering': ['-deadline', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CampaignScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('coverage', models.CharField(choices=[('self', '只是这个单位'), ('children', '下一级各单位'), ('all', '这个单位和下面所有单位')], default='children', max_length=8)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scopes', to='surveys.campaign')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Consolidation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('sent_on', models.DateField(verbose_name='报送日期')),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(default=list)),
                ('mismatches', models.JSONField(default=list)),
                ('row_count', models.PositiveIntegerField(default=0)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consolidations', to='surveys.campaign')),
                ('package', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'verbose_name': '汇总包',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='回执号')),
                ('round', models.PositiveSmallIntegerField(verbose_name='第几次报送')),
                ('key', models.UUIDField(unique=True)),
                ('arrived_at', models.DateTimeField(verbose_name='收到时间')),
                ('deadline', models.DateTimeField(verbose_name='当时的截止时间')),
                ('on_time', models.BooleanField(verbose_name='按时')),
                ('late_reason', models.CharField(blank=True, max_length=300, verbose_name='逾期原因')),
                ('by_name', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('files', models.JSONField(default=list, verbose_name='所报文件')),
                ('figures', models.JSONField(default=dict, verbose_name='合计')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('package', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'verbose_name': '回执',
                'ordering': ['-round'],
            },
        ),
        migrations.CreateModel(
            name='Replacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('forms', models.JSONField(default=list)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_made', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replacement', to='surveys.annexcheck')),
            ],
            options={
                'verbose_name': '上传替换',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='ReplacementFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=500)),
                ('replacement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='surveys.replacement')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_path', models.CharField(db_index=True, editable=False, max_length=255)),
                ('status', models.CharField(choices=[('untouched', '未开始'), ('drafting', '填写中'), ('awaiting_leader', '待领导确认'), ('reported', '已报待审'), ('returned', '退回待改'), ('received', '已接收'), ('exempt', '免报')], default='untouched', max_length=15, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=1)),
                ('round', models.PositiveSmallIntegerField(default=0, verbose_name='报送次数')),
                ('zero', models.BooleanField(default=False, verbose_name='零报告')),
                ('exempt_reason', models.CharField(blank=True, max_length=200, verbose_name='免报原因')),
                ('row_count', models.PositiveIntegerField(default=0, verbose_name='账号数')),
                ('error_count', models.PositiveIntegerField(default=0, verbose_name='错误数')),
                ('warning_count', models.PositiveIntegerField(default=0, verbose_name='提示数')),
                ('difference_count', models.PositiveIntegerField(default=0, verbose_name='与台账不同')),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('presented_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_how', models.CharField(blank=True, choices=[('click', '领导在系统中确认'), ('scan', '盖章件扫描'), ('phone', '宣传部代报')], max_length=5)),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('on_behalf_told', models.CharField(blank=True, max_length=100, verbose_name='电话里谁报的')),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('returned_note', models.TextField(blank=True, verbose_name='退回意见')),
                ('paper_received_at', models.DateTimeField(blank=True, null=True, verbose_name='收到纸质')),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_times', models.PositiveSmallIntegerField(default=0)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='surveys.campaign')),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('on_behalf_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper_received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='待报包')),
                ('presented_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('receipt', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.receipt', verbose_name='现行回执')),
                ('scan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile', verbose_name='盖章件')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit', verbose_name='填报单位')),
            ],
            options={
                'verbose_name': '填报',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='replacement',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replacements', to='surveys.submission'),
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.SmallIntegerField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('reached', models.PositiveSmallIntegerField(default=0, verbose_name='通知到几人')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='surveys.campaign')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='surveys.submission')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.AddField(
            model_name='receipt',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='surveys.submission'),
        ),
        migrations.CreateModel(
            name='ConsolidationMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_name', models.CharField(max_length=100)),
                ('position', models.PositiveIntegerField(default=0)),
                ('rows', models.JSONField(default=list)),
                ('office_holders', models.JSONField(default=dict)),
                ('consolidation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='surveys.consolidation')),
                ('receipt', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.receipt')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.submission')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=60)),
                ('by_unit', models.CharField(blank=True, max_length=100)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='surveys.submission')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionHeader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.CharField(blank=True, max_length=200, verbose_name='填报单位')),
                ('filled_by', models.CharField(blank=True, max_length=60, verbose_name='填表人')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='电话')),
                ('date', models.CharField(blank=True, max_length=20, verbose_name='填表时间')),
                ('own_counts', models.JSONField(blank=True, default=list, verbose_name='自报附件2')),
                ('version', models.PositiveIntegerField(default=1)),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='header', to='surveys.submission')),
            ],
        ),
        migrations.CreateModel(
            name='SubmissionRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('annex', models.PositiveSmallIntegerField(verbose_name='附件几')),
                ('position', models.PositiveIntegerField(verbose_name='次序')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('cells', models.JSONField(default=dict)),
                ('marks', models.JSONField(default=dict)),
                ('source', models.CharField(choices=[('register', '台账'), ('typed', '手填'), ('upload', '上传'), ('paste', '粘贴')], default='typed', max_length=8)),
                ('removed', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registry.outlet', verbose_name='台账账号')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='surveys.submission')),
            ],
            options={
                'ordering': ['annex', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SheetOperation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('operation', models.UUIDField()),
                ('kind', models.CharField(help_text='set add remove restore move header', max_length=10)),
                ('column', models.CharField(blank=True, max_length=40)),
                ('old', models.TextField(blank=True)),
                ('new', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('outcome', models.JSONField(default=dict)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='operations', to='surveys.submission')),
                ('row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='operations', to='surveys.submissionrow')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='第几次报送')),
                ('annex', models.PositiveSmallIntegerField(verbose_name='附件几')),
                ('column', models.CharField(blank=True, max_length=40)),
                ('place', models.CharField(blank=True, max_length=40, verbose_name='单元格')),
                ('was', models.TextField(blank=True, verbose_name='当时的值')),
                ('text', models.CharField(max_length=500, verbose_name='意见')),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=60)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='surveys.submission')),
                ('row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='surveys.submissionrow')),
            ],
            options={
                'verbose_name': '退回意见',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DifferenceDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('file_change', '生成变更备案'), ('file_open', '开设备案'), ('file_cancel', '注销备案'), ('note_problem', '记为自查问题'), ('put_back', '补回'), ('take_back', '用台账值')], max_length=12)),
                ('column', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registry.filing')),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='registry.outlet')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='surveys.submission')),
                ('row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.submissionrow')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='YearSummary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_path', models.CharField(db_index=True, editable=False, max_length=255)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('frozen_at', models.DateTimeField()),
                ('frozen_by_name', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('rows', models.JSONField(default=list)),
                ('changes', models.JSONField(default=list)),
                ('row_count', models.PositiveIntegerField(default=0)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.unit')),
            ],
            options={
                'verbose_name': '年度汇总',
                'ordering': ['-year', 'unit_path'],
            },
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='campaign_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'open', 'closed'])), name='campaign_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('deadline__gt', models.F('opens_at'))), name='campaign_ends_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='campaignscope',
            constraint=models.UniqueConstraint(fields=('campaign', 'unit'), name='unit_once_in_a_scope'),
        ),
        migrations.AddConstraint(
            model_name='campaignscope',
            constraint=models.CheckConstraint(condition=models.Q(('coverage__in', ['self', 'children', 'all'])), name='scope_coverage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='consolidation',
            constraint=models.CheckConstraint(condition=models.Q(('made_at__isnull', True), models.Q(('package__isnull', False), ('report__isnull', False)), _connector='OR'), name='consolidation_made_has_files'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['campaign', 'status'], name='submission_state'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('campaign', 'unit'), name='one_submission_of_a_unit_to_a_campaign'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['untouched', 'drafting', 'awaiting_leader', 'reported', 'returned', 'received', 'exempt'])), name='submission_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['reported', 'received']), _negated=True), ('receipt__isnull', False), _connector='OR'), name='submission_reported_has_a_receipt'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'received'), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='submission_received_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'received'), _negated=True), ('on_behalf_by__isnull', True), ('scan__isnull', False), models.Q(('decided_by', models.F('on_behalf_by')), _negated=True), _connector='OR'), name='submission_on_behalf_received_by_another'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'exempt'), _negated=True), models.Q(('exempt_reason', ''), _negated=True), _connector='OR'), name='submission_exempt_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimed_at__isnull', True), ('claimed_by__isnull', True)), models.Q(('claimed_at__isnull', False), ('claimed_by__isnull', False)), _connector='OR'), name='submission_claimed_by_somebody_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='replacement',
            constraint=models.UniqueConstraint(fields=('submission', 'token'), name='replacement_once'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('submission', 'rung'), name='reminded_once_on_each_rung'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('submission', 'round'), name='one_receipt_of_a_round'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('on_time', True), models.Q(('late_reason', ''), _negated=True), _connector='OR'), name='receipt_late_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='receipt_digest_is_sha256'),
        ),
        migrations.AddConstraint(
            model_name='consolidationmember',
            constraint=models.UniqueConstraint(fields=('consolidation', 'submission'), name='unit_counted_once'),
        ),
        migrations.AddIndex(
            model_name='submissionrow',
            index=models.Index(fields=['submission', 'annex', 'position'], name='row_in_its_order'),
        ),
        migrations.AddConstraint(
            model_name='submissionrow',
            constraint=models.UniqueConstraint(fields=('submission', 'key'), name='row_added_once'),
        ),
        migrations.AddConstraint(
            model_name='submissionrow',
            constraint=models.CheckConstraint(condition=models.Q(('annex__in', [1, 3, 4])), name='row_of_annex_1_3_or_4'),
        ),
        migrations.AddConstraint(
            model_name='sheetoperation',
            constraint=models.UniqueConstraint(fields=('submission', 'operation'), name='operation_once'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='remark_says_something'),
        ),
        migrations.AddConstraint(
            model_name='differencedecision',
            constraint=models.CheckConstraint(condition=models.Q(('row__isnull', False), ('outlet__isnull', False), ('filing__isnull', False), _connector='OR'), name='decision_is_about_something'),
        ),
        migrations.AddConstraint(
            model_name='yearsummary',
            constraint=models.UniqueConstraint(fields=('unit', 'year'), name='one_summary_of_a_year'),
        ),
        migrations.AddConstraint(
            model_name='yearsummary',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='year_digest_is_sha256'),
        ),
    ]
